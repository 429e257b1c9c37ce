package org.metafusion.ensemble.search;

import java.util.Optional;

/** Where a search keeps the scores it has, so that one that was stopped goes on. */
public interface SearchJournal {

    /** Keeps nothing. */
    SearchJournal NONE = new SearchJournal() {
        @Override
        public Optional<Score> find(int trial, int fold) {
            return Optional.empty();
        }

        @Override
        public void add(Score score) {}
    };

    /** A score that is known already. */
    Optional<Score> find(int trial, int fold);

    /** Keeps a score; called as soon as there is one. */
    void add(Score score);
}
