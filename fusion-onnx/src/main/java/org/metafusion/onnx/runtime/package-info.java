/** ONNX graphs run by ONNX Runtime. */
@NullMarked
package org.metafusion.onnx.runtime;

import org.jspecify.annotations.NullMarked;
