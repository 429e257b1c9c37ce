@NullMarked
package org.metafusion.onnx.encoder;

import org.jspecify.annotations.NullMarked;
