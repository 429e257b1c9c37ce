package org.metafusion.testkit.arch.planted.core;

import com.fasterxml.jackson.databind.JsonNode;

record CoreKnowsJackson(JsonNode known) {}
