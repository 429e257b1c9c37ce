/** When to fuse, in the simulated settings of Meta Fusion, as a modality gets noisier. */
@NullMarked
package org.metafusion.ensemble.study.settings;

import org.jspecify.annotations.NullMarked;
