@NullMarked
package org.metafusion.training.network;

import org.jspecify.annotations.NullMarked;
