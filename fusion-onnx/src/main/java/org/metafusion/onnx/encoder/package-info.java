/** Frozen ONNX encoders as representations. */
@NullMarked
package org.metafusion.onnx.encoder;

import org.jspecify.annotations.NullMarked;
