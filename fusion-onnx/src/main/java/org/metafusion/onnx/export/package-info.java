/** Committees as ONNX graphs, checked against the model before they are kept. */
@NullMarked
package org.metafusion.onnx.export;

import org.jspecify.annotations.NullMarked;
