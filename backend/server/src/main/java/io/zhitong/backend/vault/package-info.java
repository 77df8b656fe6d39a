/** The backend's way to the key vault: its identity, the client, and what every page must say about it (密钥库接入). */
@ApplicationModule(
        displayName = "vault 密钥库接入",
        allowedDependencies = {"foundation", "web"})
@NullMarked
package io.zhitong.backend.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
