/** From results to sections: which figures a command shows, and in what words. */
@NullMarked
package org.metafusion.cli.content;

import org.jspecify.annotations.NullMarked;
