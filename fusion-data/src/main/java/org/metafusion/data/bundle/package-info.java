/**
 * The model bundle: one zip file with a manifest and the weights in the safetensors format.
 * {@link org.metafusion.data.bundle.BundleModelStore} reads and writes it.
 */
@NullMarked
package org.metafusion.data.bundle;

import org.jspecify.annotations.NullMarked;
