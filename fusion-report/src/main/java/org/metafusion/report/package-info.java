/** What a report has: headings, charts with their figures, and where they come from. */
@NullMarked
package org.metafusion.report;

import org.jspecify.annotations.NullMarked;
