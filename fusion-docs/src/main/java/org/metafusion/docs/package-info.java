/** The project's Markdown pages: their links, and a site made of them. */
@NullMarked
package org.metafusion.docs;

import org.jspecify.annotations.NullMarked;
