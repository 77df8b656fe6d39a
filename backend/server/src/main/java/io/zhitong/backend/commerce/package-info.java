/** Merchants, purchases from the purse, loads; what is paid and what is set aside (消费与充值). */
@ApplicationModule(
        displayName = "commerce 消费",
        allowedDependencies = {"foundation", "audit", "identity", "estate", "events", "ledger", "web"})
@NullMarked
package io.zhitong.backend.commerce;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
