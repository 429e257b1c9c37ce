/** What a command has to say, as sections, and how people and machines read them. */
@NullMarked
package org.metafusion.cli.report;

import org.jspecify.annotations.NullMarked;
