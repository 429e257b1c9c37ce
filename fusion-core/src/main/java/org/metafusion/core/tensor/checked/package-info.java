/**
 * What the backends share: the checks of every operation's operands, with their messages. A backend extends the
 * {@code Checked...Kernels} and gets operations whose shapes and members are right.
 */
@NullMarked
package org.metafusion.core.tensor.checked;

import org.jspecify.annotations.NullMarked;
