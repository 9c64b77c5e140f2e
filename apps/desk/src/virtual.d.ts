declare module "virtual:desk-theme.css";
declare module "*.css";
