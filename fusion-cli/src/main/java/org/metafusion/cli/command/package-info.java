/** What {@code fusion} can be asked to do, one class a command. */
@NullMarked
package org.metafusion.cli.command;

import org.jspecify.annotations.NullMarked;
