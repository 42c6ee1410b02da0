//! The courier against receivers that behave, hang, lie, flood and die, on
//! this machine only. Nothing here sleeps: every wait is for something that
//! happens, with a limit that fails the test.

#[path = "courier/desk.rs"]
mod desk;
#[path = "courier/lanes.rs"]
mod lanes;
#[path = "courier/mail.rs"]
mod mail;
#[path = "courier/receivers.rs"]
mod receivers;
#[path = "courier/relay.rs"]
mod relay;
#[path = "courier/store_faults.rs"]
mod store_faults;
#[path = "courier/webhooks.rs"]
mod webhooks;
