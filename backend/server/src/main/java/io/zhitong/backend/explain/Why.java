package io.zhitong.backend.explain;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.decision.Explanation;
import java.util.List;
import java.util.Optional;

/**
 * Why an access event came out as it did (判定原因).
 *
 * @param told what the device recorded
 * @param lists that it held then
 * @param then the replay; nothing when the lists are not kept or the place is not known
 * @param now the same presented now, at a quiet place, by the newest lists
 */
public record Why(
        StoredEvent event,
        AccessEvent told,
        List<HeldList> lists,
        Standing standing,
        Optional<Explanation> then,
        Explanation now) {
    public Why {
        lists = List.copyOf(lists);
    }
}
