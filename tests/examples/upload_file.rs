//! Uploads a file to a drive, piece by piece: `upload_file FILE PATH`.

use std::error::Error;
use std::{env, fs};

use docbind_examples::connect;
use msgraph::drive_item::CreateUploadSessionRequest;
use msgraph::runtime::Upload;
use msgraph::{DriveItem, DriveItemUploadableProperties};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let path = arguments.next().ok_or("to which path of the drive?")?;
    let graph = connect()?;

    let place = graph.me().drive().root().by_path(&path);
    let item = DriveItemUploadableProperties::new().name("launch.mp4");
    let session = place.create_upload_session(CreateUploadSessionRequest::new().item(item)).await?;
    let url = session.upload_url.ok_or("a session has a URL")?;
    // A piece that gets lost is sent again. Any `AsyncRead + AsyncSeek` will do: `Upload::new`.
    let item: DriveItem = Upload::of_bytes(&graph, url, fs::read(file)?)
        .piece_size(320 * 1024)
        .on_progress(|done, all| println!("{done} of {all} bytes"))
        .send()
        .await?;
    println!("{path} is {}", item.id.unwrap_or_default());
    Ok(())
}
