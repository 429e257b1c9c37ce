@NullMarked
package org.metafusion.onnx.export;

import org.jspecify.annotations.NullMarked;
