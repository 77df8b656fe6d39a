package io.zhitong.backend.access;

import static io.zhitong.backend.access.TestPolicy.ADMIN;
import static io.zhitong.backend.access.TestPolicy.ONE;
import static io.zhitong.backend.access.TestPolicy.RESIDENTS;
import static io.zhitong.backend.access.TestPolicy.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.backend.access.AccessRule.Where;
import io.zhitong.backend.access.PolicyDeployment.Stage;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.TestUsers;
import io.zhitong.backend.identity.Users;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From a change set by one person to a policy in force by another, step by step and back. */
@BothDatabases
final class PolicyDraftsTest {
    private static final Actor WANG = new Actor("wang");
    private static final Actor CHEN = new Actor("chen");
    private static final DeviceId DOOR = new DeviceId(42);
    private static final ListItem NIGHT =
            ListItem.schedule("夜间", new Schedule(7, List.of(new Schedule.Window(0xFF, 0, 360))));

    private final TestPolicy policy;
    private final PolicyDrafts drafts;
    private final PolicyDeployment deployment;
    private final Users users;

    PolicyDraftsTest(TestDatabase database) {
        policy = new TestPolicy(database);
        var audit = TestAudit.log(database, policy.clock);
        drafts = new PolicyDrafts(database.jdbc(), policy.book, audit, new TimeOrderedIds(policy.clock), policy.clock);
        users = TestUsers.plain(database, policy.clock);
        deployment = new PolicyDeployment(
                policy.book,
                drafts,
                policy.rollouts,
                policy.estate.estate(),
                new AccessLists(policy.lists.lists()),
                users,
                audit);
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
    }

    @Test
    void what_is_drafted_is_in_force_nowhere_until_another_person_approves() {
        UUID id = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        assertThat(policy.book.newest(ONE)).isEqualTo(1);
        assertThat(policy.book.current(ONE).of(ItemKind.SCHEDULE)).isEmpty();
        assertThat(policy.lists.due(ONE)).isFalse();
        assertThat(approve(id, CHEN)).isEqualTo(2);
        assertThat(policy.lists.due(ONE)).isTrue();
        assertThat(policy.book.current(ONE).of(ItemKind.SCHEDULE)).containsExactly(NIGHT);
        assertThat(policy.book.versions(ONE, 1).get(0))
                .extracting(PolicyVersion::drafted, PolicyVersion::approved, PolicyVersion::why)
                .containsExactly("wang", "chen", "夜间关闭");
        assertThat(drafts.open(ONE)).isEmpty();
        refused(DraftRefusal.GONE, () -> drafts.put(ONE, id, NIGHT, WANG));
    }

    @Test
    void nobody_who_had_a_hand_in_it_approves_it() {
        UUID id = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, id, NIGHT, CHEN);
        refused(DraftRefusal.OWN_DRAFT, () -> approve(id, WANG));
        refused(DraftRefusal.OWN_DRAFT, () -> approve(id, CHEN));
        assertThat(approve(id, ADMIN)).isEqualTo(2);
    }

    @Test
    void a_second_name_of_the_drafter_approves_nothing_and_drafts_nothing_for_the_first() {
        twoPeople();
        users.addGiven(ONE, WANG, "ghost", "小张", "given-password-1", Set.of(Role.ADMIN));
        UUID drafted = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, drafted, NIGHT, WANG);
        refused(DraftRefusal.SAME_HAND, () -> approve(drafted, new Actor("ghost")));
        UUID byGhost = drafts.begin(ONE, "夜间关闭", new Actor("ghost"));
        drafts.put(ONE, byGhost, NIGHT, new Actor("ghost"));
        refused(DraftRefusal.SAME_HAND, () -> approve(byGhost, WANG));
        assertThat(approve(byGhost, CHEN)).isEqualTo(2);
    }

    @Test
    void names_made_by_names_are_the_first_one_s_hand_and_after_three_days_everybody_is_himself() {
        twoPeople();
        users.addGiven(ONE, WANG, "ghost", "小张", "given-password-1", Set.of(Role.ADMIN));
        users.addGiven(ONE, new Actor("ghost"), "shade", "小李", "given-password-2", Set.of(Role.ADMIN));
        UUID id = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        refused(DraftRefusal.SAME_HAND, () -> approve(id, new Actor("shade")));
        policy.clock.advance(Duration.ofHours(71));
        refused(DraftRefusal.SAME_HAND, () -> approve(id, new Actor("shade")));
        policy.clock.advance(Duration.ofHours(2));
        refused(DraftRefusal.SAME_HAND, () -> approve(id, new Actor("shade")));
        UUID later = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, later, NIGHT, WANG);
        assertThat(approve(later, new Actor("shade"))).isEqualTo(2);
    }

    @Test
    void a_password_given_after_the_draft_was_begun_never_approves_it_however_long_one_waits() {
        twoPeople();
        UUID id = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        policy.clock.advance(Duration.ofDays(30));
        users.add(ONE, ADMIN, "li", "小李", "own-password-3", Set.of(Role.ADMIN));
        give("chen", WANG);
        refused(DraftRefusal.SAME_HAND, () -> approve(id, CHEN));
        policy.clock.advance(Duration.ofDays(30));
        refused(DraftRefusal.SAME_HAND, () -> approve(id, CHEN));
        assertThat(approve(id, new Actor("li"))).isEqualTo(2);
    }

    @Test
    void who_gives_everybody_passwords_does_not_become_the_only_person_there_is() {
        users.add(ONE, ADMIN, "wang", "老王", "own-password-1", Set.of(Role.ADMIN));
        users.addGiven(ONE, WANG, "chen", "小陈", "given-password-1", Set.of(Role.PROPERTY));
        policy.clock.advance(Duration.ofHours(73));
        give("chen", WANG);
        UUID id = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        refused(DraftRefusal.SAME_HAND, () -> approve(id, CHEN));
        UUID byChen = drafts.begin(ONE, "夜间关闭", CHEN);
        drafts.put(ONE, byChen, NIGHT, CHEN);
        refused(DraftRefusal.SAME_HAND, () -> approve(byChen, WANG));
        policy.clock.advance(Duration.ofHours(73));
        UUID later = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, later, NIGHT, WANG);
        assertThat(approve(later, CHEN)).isEqualTo(2);
    }

    /** As an administrator does on the page of the users. */
    private void give(String login, Actor by) {
        policy.database
                .jdbc()
                .sql("update console_user set given_by = ?, given_at = ?, state = 'GIVEN' where login = ?")
                .params(by.name(), java.time.OffsetDateTime.now(policy.clock), login)
                .update();
    }

    @Test
    void where_there_is_only_one_person_yet_nobody_else_can_be_asked() {
        users.add(ONE, ADMIN, "wang", "老王", "own-password-1", Set.of(Role.ADMIN));
        users.addGiven(ONE, WANG, "duty", "值班", "given-password-1", Set.of(Role.PROPERTY));
        UUID id = drafts.begin(ONE, "开通", new Actor("duty"));
        drafts.put(ONE, id, NIGHT, new Actor("duty"));
        assertThat(approve(id, WANG)).isEqualTo(2);
    }

    private void twoPeople() {
        users.add(ONE, ADMIN, "wang", "老王", "own-password-1", Set.of(Role.ADMIN));
        users.add(ONE, ADMIN, "chen", "小陈", "own-password-2", Set.of(Role.PROPERTY));
    }

    @Test
    void a_draft_changed_after_it_was_looked_at_is_not_approved() {
        UUID id = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        Octets seen = drafts.require(ONE, id).digest();
        drafts.put(ONE, id, rule(2, 7, Where.EVERYWHERE), WANG);
        refused(DraftRefusal.CHANGED_SINCE, () -> deployment.approve(ONE, id, seen, Stage.ALL, CHEN));
    }

    @Test
    void a_draft_that_changes_nothing_or_is_faulty_is_not_approved() {
        UUID id = drafts.begin(ONE, "空", WANG);
        refused(DraftRefusal.EMPTY, () -> approve(id, CHEN));
        drafts.put(ONE, id, rule(2, 99, Where.EVERYWHERE), WANG);
        refused(DraftRefusal.FAULTS, () -> approve(id, CHEN));
        drafts.remove(ONE, id, rule(2, 99, Where.EVERYWHERE).key(), WANG);
        refused(DraftRefusal.EMPTY, () -> approve(id, CHEN));
    }

    @Test
    void of_two_drafts_of_one_version_the_later_must_first_be_brought_up_to_date_and_keeps_its_changes() {
        UUID first = drafts.begin(ONE, "一", WANG);
        UUID second = drafts.begin(ONE, "二", WANG);
        drafts.put(ONE, first, NIGHT, WANG);
        drafts.put(ONE, second, rule(2, 0, new Where(42, 1, 0)), WANG);
        approve(first, CHEN);
        refused(DraftRefusal.BASE_MOVED, () -> approve(second, CHEN));
        drafts.refresh(ONE, second, WANG);
        assertThat(approve(second, CHEN)).isEqualTo(3);
        assertThat(policy.book.current(ONE).rules()).hasSize(2);
        assertThat(policy.book.current(ONE).of(ItemKind.SCHEDULE)).hasSize(1);
    }

    @Test
    void an_item_taken_out_is_gone_with_the_approval_and_its_number_is_never_free_again() {
        UUID id = drafts.begin(ONE, "删除", WANG);
        drafts.remove(ONE, id, rule(1, 0, Where.EVERYWHERE).key(), WANG);
        assertThat(drafts.require(ONE, id).changes()).hasSize(1);
        approve(id, CHEN);
        assertThat(policy.book.current(ONE).rules()).isEmpty();
        assertThat(policy.book.free(ONE, ItemKind.RULE)).isEqualTo(2);
        UUID other = drafts.begin(ONE, "新", WANG);
        drafts.put(ONE, other, rule(2, 0, Where.EVERYWHERE), WANG);
        assertThat(policy.book.free(ONE, ItemKind.RULE)).isEqualTo(3);
    }

    @Test
    void a_discarded_draft_is_gone_and_those_of_another_community_were_never_here() {
        UUID id = drafts.begin(ONE, "弃", WANG);
        var two = policy.estate.community(2).id();
        assertThat(drafts.find(two, id)).isEmpty();
        refused(DraftRefusal.GONE, () -> drafts.discard(two, id, WANG));
        drafts.discard(ONE, id, WANG);
        refused(DraftRefusal.GONE, () -> approve(id, CHEN));
        assertThat(drafts.find(ONE, id)).isEmpty();
    }

    @Test
    void chosen_devices_have_the_new_version_first_and_the_others_follow_or_all_go_back() {
        policy.holder();
        UUID id = drafts.begin(ONE, "分步", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        drafts.put(ONE, id, rule(2, 7, Where.EVERYWHERE), WANG);
        Octets seen = drafts.require(ONE, id).digest();
        refused(
                DraftRefusal.NO_DEVICES,
                () -> deployment.approve(ONE, id, seen, new Stage(List.of(new DeviceId(9)), Duration.ZERO), CHEN));
        deployment.approve(ONE, id, seen, new Stage(List.of(DOOR), Duration.ofMinutes(10)), CHEN);
        assertThat(policy.rollouts.version(ONE, DOOR)).isEqualTo(2);
        assertThat(policy.rollouts.version(ONE, new DeviceId(43))).isEqualTo(1);
        assertThat(policy.compiler().records(ListKind.SCHEDULES, DOOR)).hasSize(1);
        UUID next = drafts.begin(ONE, "再来", WANG);
        drafts.put(ONE, next, rule(3, 0, Where.EVERYWHERE), WANG);
        refused(DraftRefusal.ROLLOUT_RUNNING, () -> approve(next, CHEN));
        deployment.advance(ONE, 2, CHEN);
        assertThat(policy.rollouts.version(ONE, new DeviceId(43))).isEqualTo(2);
        refused(DraftRefusal.NO_VERSION, () -> deployment.advance(ONE, 2, CHEN));
    }

    @Test
    void one_click_brings_an_old_version_back_as_a_new_one_everywhere() {
        UUID id = drafts.begin(ONE, "分步", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        PolicyContent first = policy.book.content(ONE, 1);
        deployment.approve(ONE, id, drafts.require(ONE, id).digest(), new Stage(List.of(DOOR), Duration.ZERO), CHEN);
        assertThat(deployment.rollBack(ONE, 1, WANG, "拒绝增多")).isEqualTo(3);
        assertThat(policy.book.current(ONE)).isEqualTo(first);
        assertThat(policy.book.content(ONE, 2)).isNotEqualTo(first);
        assertThat(policy.rollouts.running(ONE)).isEmpty();
        assertThat(policy.rollouts.version(ONE, DOOR)).isEqualTo(3);
        refused(DraftRefusal.NO_VERSION, () -> deployment.rollBack(ONE, 3, WANG, "试"));
        refused(DraftRefusal.NO_VERSION, () -> deployment.rollBack(ONE, 0, WANG, "试"));
    }

    @Test
    void nothing_is_rolled_back_or_taken_back_without_a_reason_which_is_kept_and_shown() {
        rollout(Duration.ZERO);
        for (String none : List.of("", "  ", "\u0000\n", "\uD83D")) {
            refused(DraftRefusal.NO_REASON, () -> deployment.rollBack(ONE, 1, WANG, none));
            refused(DraftRefusal.NO_REASON, () -> deployment.takeBack(ONE, 2, WANG, none));
        }
        assertThat(policy.book.newest(ONE)).isEqualTo(2);
        assertThat(policy.rollouts.running(ONE)).isPresent();
        assertThat(deployment.takeBack(ONE, 2, WANG, " 门口\n排队 ")).isEqualTo(3);
        assertThat(policy.book.versions(ONE, 1).get(0).why()).isEqualTo("↩ 1 · 门口 排队");
        deployment.rollBack(ONE, 2, CHEN, "😀".repeat(200));
        assertThat(policy.book.versions(ONE, 1).get(0).why()).isEqualTo("↩ 2 · " + "😀".repeat(80));
        assertThat(policy.database
                        .jdbc()
                        .sql("select after_text from audit_entry where action = 'policy.version' and actor = 'wang'")
                        .query(String.class)
                        .list())
                .contains("↩ 1 · 门口 排队");
    }

    @Test
    void a_rollout_goes_on_by_itself_in_good_health_after_its_time_and_not_before() {
        Rollouts.Rollout rollout = rollout(Duration.ofMinutes(10));
        keeper(1, 0).look(ONE, rollout);
        policy.clock.advance(Duration.ofMinutes(10));
        keeper(0, 0).look(ONE, rollout);
        assertThat(policy.rollouts.running(ONE)).isPresent();
        keeper(1, 0).look(ONE, rollout);
        assertThat(policy.rollouts.running(ONE)).isEmpty();
        assertThat(policy.book.newest(ONE)).isEqualTo(2);
        keeper(1, 0).look(ONE, rollout);
    }

    @Test
    void a_device_retired_meanwhile_holds_up_no_rollout_and_where_none_is_left_a_hand_is_needed() {
        policy.estate.estate().addDevice(new DeviceRow(ONE, new DeviceId(44), DeviceKind.CONTROLLER, "2号楼门禁控制器"));
        UUID id = drafts.begin(ONE, "分步", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        Stage stage = new Stage(List.of(DOOR, new DeviceId(44)), Duration.ofMinutes(10));
        deployment.approve(ONE, id, drafts.require(ONE, id).digest(), stage, CHEN);
        assertThat(policy.rollouts.running(ONE).orElseThrow().first()).hasSize(2);
        retired(44, policy.clock.instant());
        assertThat(policy.rollouts.running(ONE).orElseThrow().first()).containsExactly(DOOR);
        retired(42, policy.clock.instant());
        assertThat(policy.rollouts.running(ONE).orElseThrow().first()).isEmpty();
        assertThat(new RolloutHealth.Health(0, 0, 0, 0, 0, 0).state()).isEqualTo(RolloutHealth.State.WAITING);
        retired(42, null);
        policy.clock.advance(Duration.ofMinutes(10));
        keeper(1, 0).look(ONE, policy.rollouts.running(ONE).orElseThrow());
        assertThat(policy.rollouts.running(ONE)).isEmpty();
    }

    private void retired(long device, java.time.@org.jspecify.annotations.Nullable Instant at) {
        policy.database
                .jdbc()
                .sql("update device set retired_at = ? where number = ?")
                .params(at == null ? null : at.atOffset(java.time.ZoneOffset.UTC), device)
                .update();
    }

    @Test
    void a_rollout_by_hand_waits_for_a_hand() {
        Rollouts.Rollout rollout = rollout(Duration.ZERO);
        policy.clock.advance(Duration.ofDays(2));
        keeper(1, 0).look(ONE, rollout);
        assertThat(policy.rollouts.running(ONE)).isPresent();
    }

    @Test
    void a_surge_of_denials_takes_the_version_back_once() {
        Rollouts.Rollout rollout = rollout(Duration.ofMinutes(10));
        keeper(1, 50).look(ONE, rollout);
        assertThat(policy.rollouts.running(ONE)).isEmpty();
        assertThat(policy.book.newest(ONE)).isEqualTo(3);
        assertThat(policy.book.current(ONE).of(ItemKind.SCHEDULE)).isEmpty();
        assertThat(policy.book.versions(ONE, 1).get(0).approved()).isEqualTo("system");
        keeper(1, 50).look(ONE, rollout);
        assertThat(policy.book.newest(ONE)).isEqualTo(3);
    }

    private Rollouts.Rollout rollout(Duration advanceAfter) {
        UUID id = drafts.begin(ONE, "分步", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        deployment.approve(ONE, id, drafts.require(ONE, id).digest(), new Stage(List.of(DOOR), advanceAfter), CHEN);
        return policy.rollouts.running(ONE).orElseThrow();
    }

    /** One that sees so much. */
    private RolloutKeeper keeper(int proved, long denied) {
        RolloutHealth seen = new RolloutHealth(null, null, null, policy.clock) {
            @Override
            public Health of(io.zhitong.accessmodel.CommunityId community, Rollouts.Rollout rollout) {
                return new Health(proved, 1, denied, 50, 1, 99);
            }
        };
        return new RolloutKeeper(policy.rollouts, seen, deployment, policy.estate.estate(), null, policy.clock);
    }

    @Test
    void denials_are_a_surge_when_there_are_many_and_far_more_often_than_before() {
        assertThat(health(9, 0, 0, 0)).isEqualTo(RolloutHealth.State.HEALTHY);
        assertThat(health(10, 0, 0, 0)).isEqualTo(RolloutHealth.State.SURGE);
        assertThat(health(10, 90, 5, 95)).isEqualTo(RolloutHealth.State.HEALTHY);
        assertThat(health(12, 88, 5, 95)).isEqualTo(RolloutHealth.State.SURGE);
        assertThat(health(30, 70, 20, 80)).isEqualTo(RolloutHealth.State.HEALTHY);
        assertThat(new RolloutHealth.Health(1, 2, 0, 0, 0, 0).state()).isEqualTo(RolloutHealth.State.WAITING);
    }

    private static RolloutHealth.State health(long denied, long granted, long deniedBefore, long grantedBefore) {
        return new RolloutHealth.Health(1, 1, denied, granted, deniedBefore, grantedBefore).state();
    }

    @Test
    void every_step_is_in_the_audit_under_the_name_of_who_took_it() {
        UUID id = drafts.begin(ONE, "夜间关闭", WANG);
        drafts.put(ONE, id, NIGHT, WANG);
        approve(id, CHEN);
        deployment.rollBack(ONE, 1, CHEN, "试");
        assertThat(policy.database
                        .jdbc()
                        .sql("select action || ' ' || actor from audit_entry where number > 3 order by number")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "draft.begin wang",
                        "draft.change wang",
                        "policy.item chen",
                        "policy.version chen",
                        "draft.approve chen",
                        "policy.item chen",
                        "policy.version chen",
                        "policy.rollback chen");
    }

    private long approve(UUID id, Actor by) {
        return deployment.approve(ONE, id, drafts.require(ONE, id).digest(), Stage.ALL, by);
    }

    private static void refused(DraftRefusal reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        DraftRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
