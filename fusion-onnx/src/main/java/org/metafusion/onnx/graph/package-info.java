/** An ONNX graph under construction. */
@NullMarked
package org.metafusion.onnx.graph;

import org.jspecify.annotations.NullMarked;
