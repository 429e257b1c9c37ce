/** A report as one HTML file that needs no network. */
@NullMarked
package org.metafusion.report.page;

import org.jspecify.annotations.NullMarked;
