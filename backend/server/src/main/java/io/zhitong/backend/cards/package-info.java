/** Credentials and their carriers, card orders, the desk and its reader (凭证、制卡、发卡台). */
@ApplicationModule(
        displayName = "cards 卡务",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
            "people",
            "access",
            "ledger",
            "commerce",
            "devices",
            "vault",
            "keys"
        })
@NullMarked
package io.zhitong.backend.cards;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
