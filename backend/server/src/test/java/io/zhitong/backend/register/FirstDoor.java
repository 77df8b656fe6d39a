package io.zhitong.backend.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.devices.TestDevice;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.machinetls.MachineRole;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From an installation with an administrator and nothing else to a door that opens for a resident, by the console's pages only. */
public final class FirstDoor {
    private static final CommunityId ONE = new CommunityId(1);
    private static final String UUID = "([0-9a-f-]{36})";

    private final RunningBackend backend;
    private final Browser admin;
    private final Browser guard;

    /** @param guard property staff: drafts what the administrator approves */
    public FirstDoor(RunningBackend backend, Browser admin, Browser guard) {
        this.backend = backend;
        this.admin = admin;
        this.guard = guard;
    }

    public void walk() {
        String person = resident();
        HttpResponse<String> sheet = device();
        String token = find("id=\"token\"[^>]*value=\"([A-Za-z0-9_-]{43})\"", sheet.body());
        try (TestDevice door = TestDevice.enrolled(backend, MachineRole.CONTROLLER, token, 9001)) {
            Eventually.holds("connected", door::linked);
            rule();
            CredentialNumber card = card(person);
            Eventually.holds("the card may pass", () -> decided(door, card, 1) instanceof Decision.Grant);
            assertThat(decided(door, card, 2)).as("no such point").isInstanceOf(Decision.Deny.class);
            assertThat(decided(door, new CredentialNumber(card.value() + 1), 1)).isInstanceOf(Decision.Deny.class);
            assertThat(admin.get("/devices").body()).contains("data-state=\"register.state.up\"");
            movesOut(person);
            Eventually.holds("nobody lives there", () -> decided(door, card, 1) instanceof Decision.Deny);
        }
    }

    private String resident() {
        sent("/homes/building", Map.of("name", "1号楼"));
        String building =
                find("<option value=\"" + UUID + "\"", admin.get("/homes").body());
        sent("/homes/unit", Map.of("building", building, "name", "1号楼101"));
        sent("/homes/resident", Map.of("unit", "1号楼101", "name", "孙丽", "initials", "SL", "role", "OWNER"));
        return find("data-person=\"" + UUID + "\"", admin.get("/homes?text=sl").body());
    }

    private HttpResponse<String> device() {
        assertThat(admin.get("/devices").body()).doesNotContain("data-device");
        sent("/devices", Map.of("number", "5001", "kind", "CONTROLLER", "name", "大堂门禁", "place", "大堂"));
        sent("/devices/5001/point", Map.of("point", "1", "kind", "DOOR", "method", "SEALED", "name", "大门"));
        return admin.post("/devices/5001/token", Map.of());
    }

    private void rule() {
        String draft = find("draft=" + UUID, location(guard.post("/rules/draft", Map.of("title", "第一扇门"))));
        item(draft, Map.of("kind", "1", "name", "住户", "who", "1"));
        String page = guard.get("/rules?draft=" + draft).body();
        String group = find("<option value=\"(\\d+)\"[^>]*>住户</option>", page);
        item(draft, Map.of("kind", "2", "name", "住户进大门", "group", group, "where", "5001-1", "schedule", "0"));
        String tried = admin.get("/rules/whatif?draft=" + draft).body();
        String seen = find("name=\"seen\" value=\"([0-9a-fA-F]{64})\"", tried);
        HttpResponse<String> approved = admin.post("/rules/approve", Map.of("draft", draft, "seen", seen));
        assertThat(location(approved)).doesNotContain("problem");
    }

    private void item(String draft, Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("draft", draft);
        assertThat(location(guard.post("/rules/draft/item", form))).doesNotContain("problem");
    }

    private CredentialNumber card(String person) {
        try (CardWorldClient world = new CardWorldClient(backend.cardWorld())) {
            world.newCard("first", "community");
            world.insert("first", "desk");
            LocalDate to = LocalDate.now().plusYears(1);
            String answer = admin.post("/desk/issue", Map.of("person", person, "to", to.toString()))
                    .body();
            world.remove("desk");
            assertThat(answer).doesNotContain("alert-danger");
        }
        return backend.beans(CredentialBook.class).stream()
                .flatMap(book -> book.credentials(ONE).stream())
                .findFirst()
                .orElseThrow()
                .number();
    }

    private void movesOut(String person) {
        sent("/homes/out", Map.of("person", person, "unit", "1号楼101"));
        assertThat(admin.post("/homes/out", Map.of("person", person, "unit", "1号楼101"))
                        .statusCode())
                .as("once")
                .isEqualTo(422);
    }

    /** As the device decides by the lists it holds. */
    private static Decision decided(TestDevice door, CredentialNumber card, int point) {
        Optional<SignedList> access = door.held(ListKind.ACCESS);
        List<? extends ListRecord> others = Arrays.stream(ListKind.values())
                .filter(kind -> kind != ListKind.ACCESS)
                .flatMap(kind -> door.held(kind).stream())
                .flatMap(list -> list.records().stream())
                .toList();
        PolicyLists lists = new PolicyLists(
                access.map(list -> list.header().version()).orElse(ListVersion.NONE),
                access.map(list -> list.header().leaseUntilSecond()).orElse(ListHeader.NO_LEASE_END),
                ZoneId.of("Asia/Shanghai"),
                others);
        MerkleTree tree = access.map(SignedList::tree).orElseGet(() -> MerkleTree.of(ListKind.ACCESS, List.of()));
        return Engine.decide(asked(card, point), new Policy(lists, tree));
    }

    private static Request asked(CredentialNumber card, int point) {
        return new Request(
                new PointId(point),
                PointState.FRESH,
                new Presented.Genuine(card, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1),
                Instant.now(),
                ClockQuality.HELD,
                0);
    }

    private void sent(String path, Map<String, String> form) {
        assertThat(admin.post(path, form).statusCode()).as(path).isEqualTo(302);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("problem " + answer.statusCode());
    }

    private static String find(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }
}
