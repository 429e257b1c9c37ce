/** Studies: experiments that test a claim of a paper, over several seeds, and say in words whether it held. */
@NullMarked
package org.metafusion.ensemble.study;

import org.jspecify.annotations.NullMarked;
