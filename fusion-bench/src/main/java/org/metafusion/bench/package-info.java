/** JMH benchmarks; each says the command that runs it. */
@NullMarked
package org.metafusion.bench;

import org.jspecify.annotations.NullMarked;
