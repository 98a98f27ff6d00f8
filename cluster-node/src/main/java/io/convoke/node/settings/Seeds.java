package io.convoke.node.settings;

import com.typesafe.config.Config;
import io.convoke.node.settings.NodeSettings.Secret;
import java.util.ArrayList;
import java.util.List;

/** What is to be in the database from the start, where it is not there yet: users, and who may register with the XMPP server. */
public record Seeds(List<NewUser> users, List<NewComponent> components) {
    /** {@code name} is the part before the @ of the address; {@code displayName} may be empty. */
    public record NewUser(String name, String displayName, Secret password) {}

    public record NewComponent(String name, Secret secret) {}

    static Seeds read(SettingsReader convoke, Config reference) throws SettingsFailure {
        List<NewUser> users = new ArrayList<>();
        for (SettingsReader user : convoke.sections("users", "user-defaults")) {
            users.add(new NewUser(user.text("name"), user.text("display-name"), new Secret(user.text("password"))));
            user.refuseUnknown(reference);
        }
        List<NewComponent> components = new ArrayList<>();
        SettingsReader server = convoke.section("xmpp").section("server");
        for (SettingsReader component : server.sections("components", "component-defaults")) {
            components.add(new NewComponent(component.text("name"), new Secret(component.text("secret"))));
            component.refuseUnknown(reference);
        }
        return new Seeds(List.copyOf(users), List.copyOf(components));
    }
}
