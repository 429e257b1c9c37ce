package org.metafusion.testkit.arch.planted.sql;

import org.metafusion.testkit.arch.planted.data.DataKnowsAssertj;

record SqlKnowsData(DataKnowsAssertj known) {}
