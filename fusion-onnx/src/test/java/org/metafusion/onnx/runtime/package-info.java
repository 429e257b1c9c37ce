@NullMarked
package org.metafusion.onnx.runtime;

import org.jspecify.annotations.NullMarked;
