package io.zhitong.backend.events;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import java.time.Instant;
import java.util.Optional;

/**
 * A device ended one journal and began another (日志中断); how many records of the old one never came nobody knows.
 *
 * @param reached the last number of the old journal that is stored; 0 = none
 * @param heard when that was received, while it is still kept
 * @param began when the first record of the new journal came
 */
public record JournalBreak(
        DeviceId device, JournalId before, long reached, Optional<Instant> heard, JournalId after, Instant began) {}
