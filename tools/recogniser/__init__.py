"""How the statistical half of the recogniser is trained: corpus, noise, network, fitting, packing, figures."""
