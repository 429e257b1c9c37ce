@NullMarked
package org.metafusion.report.words;

import org.jspecify.annotations.NullMarked;
