package org.metafusion.testkit.arch.planted.cuda;

import com.fasterxml.jackson.databind.JsonNode;

record CudaKnowsJackson(JsonNode known) {}
