/** Accounts and transfers between them, append-only, in fen (账本). */
@ApplicationModule(
        displayName = "ledger 账本",
        allowedDependencies = {"foundation", "estate"})
@NullMarked
package io.zhitong.backend.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
