/**
 * What every backend is tested with: contract suites, a double-precision reference straight from the formulas, and the
 * reader of the oracle's reference cases.
 */
@NullMarked
package org.metafusion.testkit;

import org.jspecify.annotations.NullMarked;
