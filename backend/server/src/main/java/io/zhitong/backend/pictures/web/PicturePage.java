package io.zhitong.backend.pictures.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.pictures.EventPicture;
import io.zhitong.backend.pictures.EventPictures;
import io.zhitong.backend.pictures.PictureDesk;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Pictures of events: a list, an event with its pictures, and the picture itself, each look at which is in the audit. */
@Controller
@Allowed({Role.PROPERTY, Role.AUDITOR})
class PicturePage {
    private static final String PATH = "/pictures";
    private static final int PAGE = 20;

    private final EventPictures index;
    private final PictureDesk desk;
    private final EventReader events;
    private final PictureView view;

    PicturePage(EventPictures index, PictureDesk desk, EventReader events, PictureView view) {
        this.index = index;
        this.desk = desk;
        this.events = events;
        this.view = view;
    }

    @Bean
    static MenuEntry pictureMenu() {
        return new MenuEntry(PATH, "picture.menu", "picture", 22, Set.of(Role.PROPERTY, Role.AUDITOR));
    }

    @GetMapping(PATH)
    String newest(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "0") long before,
            Model model,
            Locale locale) {
        CommunityId community = user.community();
        List<EventPicture> found = index.before(community, before > 0 ? before : Long.MAX_VALUE, PAGE);
        model.addAttribute("pictures", view.lines(community, found, locale));
        model.addAttribute(
                "older", found.size() < PAGE ? 0 : found.get(found.size() - 1).position());
        return "pictures/pictures";
    }

    /** @param shown whether to show them, too: not before somebody said so */
    @GetMapping(PATH + "/{event}")
    String event(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long event,
            @RequestParam(defaultValue = "false") boolean shown,
            @RequestParam(defaultValue = "") String why,
            Model model,
            Locale locale) {
        StoredEvent stored = events.at(user.community(), event).orElseThrow(PicturePage::none);
        List<EventPicture> found = index.of(user.community(), event);
        if (found.isEmpty()) {
            throw none();
        }
        model.addAttribute("line", view.line(stored, locale));
        model.addAttribute("pictures", view.pictures(found, locale));
        model.addAttribute("event", event);
        model.addAttribute("shown", shown);
        model.addAttribute("why", why);
        return "pictures/picture";
    }

    /** The bytes as the device sent them, proved by their name; never kept by the browser. */
    @GetMapping(PATH + "/image/{picture}")
    ResponseEntity<byte[]> image(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long picture,
            @RequestParam(defaultValue = "") String why) {
        try {
            byte[] content =
                    desk.view(user.community(), picture, user.actor(), why).orElseThrow(PicturePage::none);
            return ResponseEntity.ok()
                    .contentType(MediaType.IMAGE_JPEG)
                    .cacheControl(CacheControl.noStore())
                    .body(content);
        } catch (KeyServiceException | MachineTlsException e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the vault is away", e);
        }
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "no such picture");
    }
}
