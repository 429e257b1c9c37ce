@NullMarked
package org.metafusion.report.content;

import org.jspecify.annotations.NullMarked;
