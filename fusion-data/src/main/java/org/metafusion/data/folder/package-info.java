/**
 * The folder format: one CSV a modality and a {@code labels.csv}. {@link org.metafusion.data.folder.DataFolder} reads
 * it.
 */
@NullMarked
package org.metafusion.data.folder;

import org.jspecify.annotations.NullMarked;
