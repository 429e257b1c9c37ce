/** Modality competition: who dominates a student, and coefficients that slow the dominant one down. */
@NullMarked
package org.metafusion.training.balance;

import org.jspecify.annotations.NullMarked;
