package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Hands;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.Users;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How a policy comes into force (策略下发): a draft by a second person's approval, on all devices or on chosen ones first; an old
 * version by one click. Both make a new version, with the lists due by the same commit.
 */
@Component
public class PolicyDeployment {
    private static final int LONGEST = 100;
    private static final int LONGEST_REASON = 80;
    private static final Set<Role> WHO_MAKES_POLICY = Set.of(Role.PROPERTY, Role.ADMIN);

    private final PolicyBook book;
    private final PolicyDrafts drafts;
    private final Rollouts rollouts;
    private final Estate estate;
    private final AccessLists lists;
    private final Users users;
    private final AuditLog audit;

    PolicyDeployment(
            PolicyBook book,
            PolicyDrafts drafts,
            Rollouts rollouts,
            Estate estate,
            AccessLists lists,
            Users users,
            AuditLog audit) {
        this.book = book;
        this.drafts = drafts;
        this.rollouts = rollouts;
        this.estate = estate;
        this.lists = lists;
        this.users = users;
        this.audit = audit;
    }

    /**
     * Which devices go first (首批设备).
     *
     * @param first none = all at once
     * @param advanceAfter in good health the others follow by themselves after so long; zero = only by hand
     */
    public record Stage(List<DeviceId> first, Duration advanceAfter) {
        public static final Stage ALL = new Stage(List.of(), Duration.ZERO);

        public Stage {
            first = List.copyOf(first);
        }
    }

    /**
     * Puts a draft in force.
     *
     * @param seen digest of the draft as the approver saw it
     * @return the new version
     * @throws DraftRefusedException GONE, EMPTY, OWN_DRAFT, SAME_HAND, CHANGED_SINCE, BASE_MOVED, FAULTS, ROLLOUT_RUNNING or NO_DEVICES
     */
    @Transactional
    public long approve(CommunityId community, UUID id, Octets seen, Stage stage, Actor by) {
        PolicyDraft draft = drafts.locked(community, id);
        PolicyContent before = book.content(community, draft.base());
        PolicyContent after = draft.over(before);
        DraftRefusedException.unless(!before.equals(after), DraftRefusal.EMPTY);
        DraftRefusedException.unless(!draft.authors().contains(by.name()), DraftRefusal.OWN_DRAFT);
        DraftRefusedException.unless(!sameHand(community, draft, by), DraftRefusal.SAME_HAND);
        DraftRefusedException.unless(draft.digest().equals(seen), DraftRefusal.CHANGED_SINCE);
        DraftRefusedException.unless(
                PolicyCheck.of(after, estate.everyPoint(community)).isEmpty(), DraftRefusal.FAULTS);
        DraftRefusedException.unless(known(community, stage.first()), DraftRefusal.NO_DEVICES);
        book.lock(community);
        DraftRefusedException.unless(rollouts.running(community).isEmpty(), DraftRefusal.ROLLOUT_RUNNING);
        DraftRefusedException.unless(book.newest(community) == draft.base(), DraftRefusal.BASE_MOVED);
        String authors = String.join(" ", draft.authors().stream().sorted().toList());
        long version = book.next(
                community, after, authors.substring(0, Math.min(authors.length(), LONGEST)), by, draft.title());
        drafts.approved(community, id);
        if (!stage.first().isEmpty()) {
            rollouts.begin(community, version, stage.first(), stage.advanceAfter());
        }
        audit.record(
                community, by, "draft.approve", "draft " + id, "by " + authors, "version " + version + " " + stage);
        lists.changed(community);
        return version;
    }

    /** While a community has one person who may do such things, there is nobody else to be asked. */
    private boolean sameHand(CommunityId community, PolicyDraft draft, Actor by) {
        Hands hands = users.hands(community, draft.made());
        return !hands.one(WHO_MAKES_POLICY)
                && draft.authors().stream()
                        .map(author -> hands.of(new Actor(author)))
                        .anyMatch(hands.of(by)::equals);
    }

    private boolean known(CommunityId community, Collection<DeviceId> devices) {
        List<DeviceId> all =
                estate.devices(community).stream().map(device -> device.id()).toList();
        return all.containsAll(devices);
    }

    /**
     * All devices get the version that chosen ones have.
     *
     * @throws DraftRefusedException NO_VERSION when none is being rolled out
     */
    @Transactional
    public void advance(CommunityId community, long version, Actor by) {
        DraftRefusedException.unless(
                rollouts.end(community, version, Rollouts.Outcome.ADVANCED), DraftRefusal.NO_VERSION);
        audit.record(community, by, "rollout.advance", "version " + version, "chosen devices", "all devices");
        lists.changed(community);
    }

    /**
     * The devices that have the version first go back to the one before it, as a new version.
     *
     * @throws DraftRefusedException NO_VERSION when it is not being rolled out, NO_REASON
     */
    @Transactional
    public long takeBack(CommunityId community, long version, Actor by, String why) {
        book.lock(community);
        boolean running = rollouts.running(community)
                .filter(rollout -> rollout.version() == version)
                .isPresent();
        DraftRefusedException.unless(running, DraftRefusal.NO_VERSION);
        return rollBack(community, version - 1, by, why);
    }

    /**
     * Makes a new version with the content of an old one, on all devices at once; a running rollout ends by it.
     *
     * @param why kept with the version and in the audit, cut off at {@value #LONGEST_REASON} characters
     * @return the new version
     * @throws DraftRefusedException NO_VERSION, NO_REASON
     */
    @Transactional
    public long rollBack(CommunityId community, long version, Actor by, String why) {
        String reason = reason(why);
        book.lock(community);
        long newest = book.newest(community);
        DraftRefusedException.unless(version >= 1 && version < newest, DraftRefusal.NO_VERSION);
        rollouts.running(community)
                .ifPresent(rollout -> rollouts.end(community, rollout.version(), Rollouts.Outcome.TAKEN_BACK));
        String kept = "↩ " + version + " · " + reason;
        long next = book.next(community, book.content(community, version), by.name(), by, kept);
        audit.record(community, by, "policy.rollback", "version " + next, "version " + newest, "as version " + version);
        lists.changed(community);
        return next;
    }

    private static String reason(String why) {
        String clean = why.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
        DraftRefusedException.unless(!clean.isEmpty(), DraftRefusal.NO_REASON);
        return clean.substring(
                0, clean.offsetByCodePoints(0, Math.min(LONGEST_REASON, clean.codePointCount(0, clean.length()))));
    }
}
