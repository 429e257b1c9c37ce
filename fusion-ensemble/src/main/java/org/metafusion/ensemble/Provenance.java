package org.metafusion.ensemble;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.tensor.BackendInfo;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FittedCohort;

/** How a model came about, for its manifest: data, seed, options, backend and versions. */
final class Provenance {

    private Provenance() {}

    static Map<String, Object> of(FittedCohort fitted, String dataset, FusionConfig config, BackendInfo backend) {
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("dataset", dataset);
        provenance.put("trainRows", fitted.split().train().rows());
        provenance.put("validationRows", fitted.split().validation().rows());
        provenance.put("folds", fitted.split().folds());
        provenance.put("cohortSize", fitted.cohort().size());
        provenance.put("topPerformers", fitted.top().students().length);
        provenance.put("rho", fitted.rho());
        provenance.put("seed", config.options().training().seed());
        provenance.put("options", config.values());
        provenance.put("backend", backend.name());
        provenance.put("device", backend.device());
        provenance.put("backendDetail", backend.detail());
        provenance.put(
                "java",
                System.getProperty("java.runtime.version", Runtime.version().toString()));
        provenance.put("metafusion", version());
        return provenance;
    }

    /** Of the jar; classes that are not in one have none. */
    static String version() {
        return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
