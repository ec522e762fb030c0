/** Words of the scanner, for teams and marshals. Chinese first; a word missing in English does not compile. */

import { dictionary } from "../language.ts";

const zh = {
  cameraLabel: "相机画面", cameraHow: "把二维码放进框里。反光就换个角度。", cameraWait: "正在打开相机…", cameraAgain: "这个码刚扫过。要再扫一次，就对准它别动。", torch: "手电筒", zoom: "放大",
  cameraDenied: "相机没有打开：手机没允许。在设置里允许相机，或用下面的办法。", cameraNone: "这部手机没有可用的相机，用下面的办法。", cameraBusy: "相机正被别的应用占着。关掉它再试，或用下面的办法。", cameraReader: "扫码的部件还没下载好。有信号时再试，或输入短码。",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  cameraLabel: "Camera", cameraHow: "Hold the code inside the frame. If it glares, change the angle.", cameraWait: "Opening the camera…", cameraAgain: "Scanned just now. To scan it once more, hold still.", torch: "Torch", zoom: "Zoom",
  cameraDenied: "The camera stayed shut: the phone does not allow it. Allow it in the settings, or go on below.", cameraNone: "This phone has no camera to use. Go on below.", cameraBusy: "Another app holds the camera. Close it and try again, or go on below.", cameraReader: "The scanner has not been downloaded yet. Try again with signal, or type the code.",
};

export const t = dictionary(zh, en);

export const FAULTS = { denied: "cameraDenied", none: "cameraNone", busy: "cameraBusy", reader: "cameraReader" } as const;
