package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.keys.KeyHoldings;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.personalisation.MadeCard;
import io.zhitong.personalisation.Progress;
import io.zhitong.personalisation.SamCard;
import io.zhitong.personalisation.SamOrder;
import io.zhitong.smcrypto.Hex;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives the demo estate its plastic (演示卡): the till's PSAM and the controller's access SAM, made on the desk's reader and then
 * put into their slots, and a few factory-fresh cards. Begins again until vault and card world are there; does nothing that
 * was done before.
 */
@Component
@ConditionalOnProperty(name = "zhitong.mode", havingValue = "demo")
@RunsIn(BackendRole.CONSOLE)
class DemoCards implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCards.class);
    private static final CommunityId DEMO = new CommunityId(1);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String DESK = "desk";
    private static final int KEY_VERSION = 1;

    private static final List<Module> MODULES = List.of(
            new Module("psam-1", "sam-pos", SamOrder.Kind.PURCHASE, "00004403990000000043", "440300000043"),
            new Module("access-sam-1", "sam-controller", SamOrder.Kind.ACCESS, "00004403990000000042", "440300000042"));
    private static final List<String> CARDS = List.of("card-1", "card-2", "card-3");

    private record Module(String name, String slot, SamOrder.Kind kind, String serial, String terminal) {}

    private final Estate estate;
    private final DeskReader reader;
    private final KeyService keys;
    private final KeyHoldings holdings;
    private final KeyAdministration vault;
    private final Clock clock;
    private final InetSocketAddress driver;
    private final int leaseDays;
    private final BackgroundThread thread = new BackgroundThread("demo-cards", this::run);

    DemoCards(
            Estate estate,
            DeskReader reader,
            KeyService keys,
            KeyHoldings holdings,
            KeyAdministration vault,
            Clock clock,
            ZhitongSettings settings,
            @Value("${zhitong.demo-lease-days:30}") int leaseDays) {
        this.leaseDays = leaseDays;
        this.estate = estate;
        this.reader = reader;
        this.keys = keys;
        this.holdings = holdings;
        this.vault = vault;
        this.clock = clock;
        this.driver = InetSocketAddress.createUnresolved("127.0.0.1", settings.cardWorldListenPort());
    }

    private void run() {
        boolean again = true;
        while (again) {
            again = !done() && thread.pause(AGAIN);
        }
    }

    private boolean done() {
        try (var world = new CardWorldClient(driver)) {
            Community community = estate.community(DEMO).orElseThrow();
            for (Module module : MODULES) {
                put(world, community, module);
            }
            Map<String, Optional<String>> places = places(world);
            CARDS.stream().filter(card -> !places.containsKey(card)).forEach(card -> world.newCard(card, "community"));
            return true;
        } catch (CardException | KeyServiceException | DeskRefusal e) {
            LOG.debug("demo cards wait: {}", e.getMessage());
            return false;
        }
    }

    private void put(CardWorldClient world, Community community, Module module) {
        Map<String, Optional<String>> places = places(world);
        KeyUsage usage = module.kind() == SamOrder.Kind.PURCHASE ? KeyUsage.DPK : KeyUsage.ACCESS_FAST;
        DeviceId device = new DeviceId(Long.parseLong(module.terminal().substring(4)));
        holdings.samWritten(
                community.id(), module.serial(), usage, KEY_VERSION, module.terminal(), Optional.of(device));
        if (places.containsKey(module.name())
                && places.get(module.name()).filter(module.slot()::equals).isPresent()) {
            return;
        }
        if (!places.containsKey(module.name())) {
            world.newCard(module.name(), "psam");
        }
        world.insert(module.name(), DESK);
        reader.withCard(card -> make(card, community, module));
        world.insert(module.name(), module.slot());
        LOG.info("{} made and put into {}", module.kind().zh(), module.slot());
    }

    private MadeCard make(CardChannel card, Community community, Module module) {
        SamOrder order = order(community, module);
        DemoLeases leases = new DemoLeases(vault, new SamCard(keys).chipId(card), order, leaseDays);
        LocalDate today = LocalDate.ofInstant(clock.instant(), community.zone());
        return new SamCard(keys, leases::grant).make(card, leases.leased(today), Progress.SILENT);
    }

    private static SamOrder order(Community community, Module module) {
        CommunityKeys factors = CommunityKeys.of(community);
        return new SamOrder(
                module.kind(),
                factors.city(),
                factors.community(),
                Hex.parse(module.serial()),
                Hex.parse(module.terminal()),
                KEY_VERSION);
    }

    /** Every card and the reader on which it lies. */
    private static Map<String, Optional<String>> places(CardWorldClient world) {
        Map<String, Optional<String>> places = new HashMap<>();
        for (JsonNode card : JsonMapper.shared().readTree(world.list()).path("cards")) {
            String place = card.path("reader").asString("");
            places.put(card.path("name").asString(), place.isEmpty() ? Optional.empty() : Optional.of(place));
        }
        return places;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.running();
    }

    @Override
    public int getPhase() {
        return StartPhase.GATEWAY;
    }
}
