@org.jspecify.annotations.NullMarked
package org.metafusion.training.balance;
