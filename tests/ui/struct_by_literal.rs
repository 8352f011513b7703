//! A property that is added later breaks nobody: structs are made by `new`, and read with `..`.

use msgraph::{EmailAddress, Importance, PasswordProfile};

fn main() {
    let _ = PasswordProfile { password: None, ..PasswordProfile::new() }; //~ E0639 cannot create non-exhaustive struct
    let mut password = PasswordProfile::new();
    password.password = Some("secret".to_owned());
    let PasswordProfile { password: _, .. } = password;
    let EmailAddress { address: _, name: _, extra: _ } = EmailAddress::new(); //~ E0638 `..` required with struct marked as non-exhaustive
    match Importance::High {
        Importance::Low | Importance::Normal | Importance::High => {}
        Importance::Unrecognized(_) => {}
        _ => {}
    }
}

/// An enumeration may get members, too. In a function of its own: it is looked at later.
fn members(importance: Importance) {
    match importance { //~ E0004 `_` not covered
        Importance::Low | Importance::Normal | Importance::High => {}
        Importance::Unrecognized(_) => {}
    }
}
