/** Results in words and figures as people read them. */
@NullMarked
package org.metafusion.report.words;

import org.jspecify.annotations.NullMarked;
