package org.metafusion.testkit.arch.planted.report;

import org.metafusion.testkit.arch.planted.data.DataKnowsAssertj;

record ReportKnowsData(DataKnowsAssertj known) {}
