package io.zhitong.backend.ledger;

import java.time.LocalDate;
import java.util.UUID;

/**
 * An entry that stands in the ledger (已记账).
 *
 * @param businessDay fixed at posting
 * @param fresh false if it stood there already
 */
public record Posted(UUID entry, LocalDate businessDay, boolean fresh) {}
